"""What staff are told: why a decision was judged as it was, and the private page of its trace."""
