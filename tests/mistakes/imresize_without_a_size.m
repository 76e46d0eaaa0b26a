imresize(ones(4))
%---- gives ----
error: Either scale or output size must be specified.
  imresize_without_a_size.m:1:1
    imresize(ones(4))
    ^^^^^^^^^^^^^^^^^
    imresize(A, 0.5)
