"""Windows of the quantitative assessment: points of a site, and all scores."""
