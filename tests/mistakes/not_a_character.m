x = 3 $ 4
%---- gives ----
error: Invalid text character. Check for unsupported symbol, invisible character, or pasting of non-ASCII characters.
  not_a_character.m:1:7
    x = 3 $ 4
          ^
    '$' is not part of the language
