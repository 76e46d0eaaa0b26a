hex2dec('xyz')
%---- gives ----
error: Input to hex2dec should have just 0-9, a-f, or A-F.
  digits_of_no_base.m:1:1
    hex2dec('xyz')
    ^^^^^^^^^^^^^^
    the text is 'xyz'
    digits: 0 to F
