"""Who does the work: this process, others on this machine, or a cluster. The results are the same.

A stage hands over one pure function and many values. It never learns where they were worked on,
and the results come back in order.
"""
