"""How the relation model learns from gold documents (extra ``train``)."""
