imshow(zeros(4,4,2))
%---- gives ----
error: Unsupported dimension: an image is m-by-n or m-by-n-by-3.
  image_of_two_channels.m:1:1
    imshow(zeros(4,4,2))
    ^^^^^^^^^^^^^^^^^^^^
    got 4x4x2
