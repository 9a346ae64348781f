"""The steps of an evaluation, one module each, in the order of the pipeline."""
