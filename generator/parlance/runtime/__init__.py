"""Ordinary code that is copied into what is generated, by language; the tool itself runs it, too."""
