"""evalkit: translation-quality evaluation on raw documents."""

__version__ = "0.1.0"
