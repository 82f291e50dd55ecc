"""公文: text on A4 in the official form (GB/T 9704—2012), as DOCX and as a page to print.

One HTML fragment is the source of both, so that they always say the same.
"""
