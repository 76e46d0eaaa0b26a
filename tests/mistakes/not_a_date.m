datetime('half past nine')
%---- gives ----
error: Could not recognize the date/time format of 'half past nine'. You can specify a format using the 'InputFormat' parameter. If the date/time text contains day, month, or time zone names in a language foreign to the 'en_US' locale, those might not be recognized. You can specify a different locale using the 'Locale' parameter.
  not_a_date.m:1:1
    datetime('half past nine')
    ^^^^^^^^^^^^^^^^^^^^^^^^^^
