"""Exclusion rules: asks every rule of the policy whether a decision may be published."""
