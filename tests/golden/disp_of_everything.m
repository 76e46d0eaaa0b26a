disp(5), disp(pi), disp([1 2; 3 4]), disp('text'), disp("string"), disp({1,2}), disp(true), disp([]), disp(uint8(3))
s.a = 1; disp(s)
%---- gives ----
     5

    3.1416

     1     2
     3     4

text
string
    {[1]}    {[2]}

   1

   3

    a: 1

