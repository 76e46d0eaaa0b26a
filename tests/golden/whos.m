a = 1; b = 'text'; c = uint8(ones(3)); d = {1,2}; s.a = 1; f = @sin;
whos
%---- gives ----
