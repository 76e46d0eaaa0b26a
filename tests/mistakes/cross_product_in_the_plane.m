cross([1 2], [3 4])
%---- gives ----
error: A and B must be of length 3 in the dimension in which the cross product is taken.
  cross_product_in_the_plane.m:1:1
    cross([1 2], [3 4])
    ^^^^^^^^^^^^^^^^^^^
