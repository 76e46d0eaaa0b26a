f(Size=3);
function f(options)
  arguments
    options.Width = 1
  end
end
%---- gives ----
error: Invalid argument name 'Size'.
  unknown_name_of_an_argument.m:2:1
    function f(options)
    ^^^^^^^^
    names are Width
