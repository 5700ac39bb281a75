"""Everything needed to answer HTTP: a publication in, web pages and linked data out."""
