x = shout();
function shout()
  disp('hello')
end
%---- gives ----
error: Too many output arguments.
  output_of_a_function_without.m:1:5
    x = shout();
        ^^^^^^^
    called: shout
