mkdir('pictures');
imds = imageDatastore('pictures');
%---- gives ----
error: No files with the wanted extensions were found in: 'pictures'.
  empty_folder_of_images.m:2:8
    imds = imageDatastore('pictures');
           ^^^^^^^^^^^^^^^^^^^^^^^^^^
    wanted: .png .jpg .jpeg .bmp .tif .tiff .gif .ppm .pgm .pbm .pnm .pcx .jp2
  + IncludeSubfolders=true looks into the subfolders too
