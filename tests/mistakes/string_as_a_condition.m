while 'abc' == 'ab', end
%---- gives ----
