try
  x = [1 2 3];
  x(5)
catch e
  disp(e.identifier)
  disp(e.message)
end
try
  error('lab:id', 'value %d', 7)
catch e
  e
end
try, undefinedThing, catch, disp(lasterr), end
%---- gives ----
MATLAB:badsubscript
Index exceeds the number of array elements. Index must not exceed 3.

e = 

  MException with properties:

    identifier: 'lab:id'
       message: 'value 7'
         cause: {}
         stack: [0×1 struct]
    Correction: []

Unrecognized function or variable 'undefinedThing'.
