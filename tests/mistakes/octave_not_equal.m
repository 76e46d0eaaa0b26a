x = 1;
if x != 2, y = 1; end
%---- gives ----
error: Invalid text character. Check for unsupported symbol, invisible character, or pasting of non-ASCII characters.
  octave_not_equal.m:2:6
    if x != 2, y = 1; end
         ^
  + not is `~`, not equal is `~=`
