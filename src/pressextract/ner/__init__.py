"""Norwegian named entity recognition: models behind one component, and how they are trained and scored."""
