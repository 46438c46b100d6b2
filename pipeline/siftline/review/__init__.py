"""What a change of the rules does to a corpus: measure both sides, compare them, render the result.

sides.py reads the two sets of rules and says how they differ; measure.py cleans one document under one of them;
work.py does so for all, with what cache.py remembers; compare.py, gold.py, suspicion.py and tables.py turn that into
a report (report.py), which markdown.py and page.py render. decisions.py writes what a reviewer decided into the rules.
"""
