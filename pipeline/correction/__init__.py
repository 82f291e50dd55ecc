"""更正: what citizens ask about published pages, answered in writing within the legal period.

Values are in ``pipeline.domain.correction``, rows in ``pipeline.register.corrections``.
"""
