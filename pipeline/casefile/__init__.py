"""全过程记录 and 法制审核: is the case file behind a decision complete? Findings, not verdicts."""
