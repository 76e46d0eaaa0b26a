fprintf('%d: %s\n', 5, 'five')
fprintf('%5.2f|%-8s|%e\n', pi, 'ab', 12345)
fprintf('%d ', [1 2; 3 4]), fprintf('\n')
sprintf('%d', 1.5)
num2str(pi)
num2str([1 2; 3 4])
mat2str([1 2.5; 3 4])
strsplit('a,b,c', ',')
strjoin({'x','y'}, '-')
upper('abc')
strrep('hello', 'l', 'L')
regexprep('abc123', '\d+', '#')
[tok, rest] = strtok('one two')
%---- gives ----
5: five
 3.14|ab      |1.234500e+04
1 3 2 4 

ans =

    '1.500000e+00'


ans =

    '3.1416'


ans =

  2×4 char array

    '1  2'
    '3  4'


ans =

    '[1 2.5;3 4]'


ans =

  1×3 cell array

    {'a'}    {'b'}    {'c'}


ans =

    'x-y'


ans =

    'ABC'


ans =

    'heLLo'


ans =

    'abc#'


tok =

    'one'


rest =

    ' two'

