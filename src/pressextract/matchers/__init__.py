"""Grammars of money, dates, titles and contact details."""
