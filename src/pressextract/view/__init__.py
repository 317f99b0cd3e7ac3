"""HTML pages that hold all they need: template, styles, scripts and data in one file that reaches for nothing else."""
