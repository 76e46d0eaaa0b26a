disp('hello)
%---- gives ----
error: Character vector is not terminated properly.
  unclosed_text.m:1:6
    disp('hello)
         ^
