"""Machines that learn from rows of numbers: arrays in, arrays out; scikit-learn computes where it has the method.

Nothing in here knows of the language's values.  Each module holds one kind of model; all of them are trained on
`X` (n × p floats), `y` (n whole numbers from 0, the class of each row) and weights of the rows, and give scores.

    support_vectors  classifiers and lines with a margin
    trees            decision trees
    pruning          how trees are cut back, by cost and size
    ensembles        many weak learners that vote
    linear_models    weights of columns
    embedding        rows laid out in few dimensions
    example_tables   irises and wines
"""
