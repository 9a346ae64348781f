"""What scorers share: texts of units, and statistic rows of the standard tools. No plug-ins here."""
