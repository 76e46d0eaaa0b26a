imshow(zeros(4,4,2))
%---- gives ----
error: Multi-plane image inputs must be RGB images of size MxNx3.
  image_of_two_channels.m:1:1
    imshow(zeros(4,4,2))
    ^^^^^^^^^^^^^^^^^^^^
    the array is 4x4x2
  + montage shows many images
