/** Files, pictures and films. */

import { AnnotatedImage } from "../components/annotatedimage";
import { DownloadButton } from "../components/downloadbutton";
import { File } from "../components/file";
import { FileExplorer } from "../components/fileexplorer";
import { Gallery } from "../components/gallery";
import { Image } from "../components/image";
import { ImageSlider } from "../components/imageslider";
import { SimpleImage } from "../components/simpleimage";
import { UploadButton } from "../components/uploadbutton";
import styles from "./files.css";

export const views = {
  annotatedimage: AnnotatedImage,
  downloadbutton: DownloadButton,
  file: File,
  fileexplorer: FileExplorer,
  gallery: Gallery,
  image: Image,
  imageslider: ImageSlider,
  simpleimage: SimpleImage,
  uploadbutton: UploadButton,
};
export const css = styles;
