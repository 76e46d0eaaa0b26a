a = 1; b = 'text'; c = uint8(ones(3)); d = {1,2}; s.a = 1; f = @sin;
whos
%---- gives ----
  Name      Size            Bytes  Class              Attributes

  a         1x1                 8  double                       
  b         1x4                 8  char                         
  c         3x3                 9  uint8                        
  d         1x2               224  cell                         
  f         1x1                32  function_handle              
  s         1x1               176  struct                       

