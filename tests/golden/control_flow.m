for k = 1:3, fprintf('%d ', k); end
fprintf('\n')
for c = [1 2; 3 4], disp(c'), end
n = 0;
while true
  n = n + 1;
  if n == 2, continue, end
  if n > 4, break, end
  disp(n)
end
switch 'b'
  case {'a','b'}
    disp found
  otherwise
    disp lost
end
for k = zeros(0,3), disp(size(k)), end
%---- gives ----
1 2 3 
     1     3

     2     4

     1

     3

     4

found
     0     1

     0     1

     0     1

