x = 1;
end
%---- gives ----
error: Illegal use of reserved keyword "end".
  stray_end.m:2:1
    end
    ^^^
    no block is open here
