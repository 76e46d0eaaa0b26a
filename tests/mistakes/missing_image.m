im = imread('no_such_picture.png');
%---- gives ----
error: File "no_such_picture.png" does not exist.
  missing_image.m:1:6
    im = imread('no_such_picture.png');
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  + bundled pictures: coffee.png, chelsea.png, astronaut.png, peppers.png, face.jpg ...
