"""Makes invented penalty decisions. No person, number or address in here is real."""
