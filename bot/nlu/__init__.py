"""Understanding a message: a sentence vector, the topic it asks about, and how sure we are.

`weights`, `embedding`, `text`, `tfidf`, `topic_model` and `zones` know nothing of Rasa;
`sentence_embedder` and `topic_classifier` are the graph components that `config.yml` names.
"""
