"""The case file: whether process record (全过程记录) and legal review (法制审核) are complete."""
