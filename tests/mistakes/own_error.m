error('lab:tooHot', 'The lamp is %d degrees.', 90)
%---- gives ----
error: The lamp is 90 degrees.
  own_error.m:1:1
    error('lab:tooHot', 'The lamp is %d degrees.', 90)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
