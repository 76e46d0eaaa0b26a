montage('nothing_here.png')
%---- gives ----
error: File "nothing_here.png" does not exist.
  montage_of_text.m:1:1
    montage('nothing_here.png')
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  + bundled pictures: coffee.png, chelsea.png, astronaut.png, peppers.png, face.jpg ...
