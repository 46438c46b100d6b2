"""siftline as a step of other frameworks' pipelines: docs/adapters.md says how each is used.

| module | for | its framework is the extra |
|---|---|---|
| datatrove.py | a filter of datatrove | `datatrove` |
| ray.py | a callable for `map_batches` of Ray Data | `ray` |
| spark.py | a function on data frames of Spark | `spark` |
| datasets.py | a callable for `map` of Hugging Face's datasets | `datasets` |
| scrapy.py | an item pipeline of Scrapy | `scrapy` |
| langchain.py | a transformer, a parser and a loader of documents for LangChain | `langchain` |

All clean through `siftline.service`, the way of the command line. common.py holds what they share, tables.py what those
with columns share. Nothing is imported here: each needs its own framework and no other.
"""
