wordcloud({'a', 'b'}, [1 2]);
%---- gives ----
error: 'wordcloud' is not in cnnscript yet.
  not_yet_here.m:1:1
    wordcloud({'a', 'b'}, [1 2]);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
