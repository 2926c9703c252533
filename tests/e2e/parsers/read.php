<?php
// Says what PHP itself found in a body of multipart/form-data; run by php-cgi, which hands the body over.
if ($_POST) exit("fields without a file's name: " . implode(", ", array_keys($_POST)));
$parts = [];
foreach ($_FILES as $name => $file) {
    if ($file["error"] !== UPLOAD_ERR_OK) exit("$name: error {$file["error"]}");
    $parts[] = [$name, $file["name"], $file["type"], base64_encode(file_get_contents($file["tmp_name"]))];
}
echo json_encode($parts);
