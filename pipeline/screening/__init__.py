"""Exclusion rules: may this decision be published at all? Every rule is asked."""
