/** The chunk that draws 3D models: three.js, its loaders, and splats. */

import {
  AmbientLight,
  AnimationMixer,
  Box3,
  Color,
  DirectionalLight,
  Group,
  HemisphereLight,
  type Material,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
  PerspectiveCamera,
  Points,
  PointsMaterial,
  Scene,
  Sphere,
  Spherical,
  Vector3,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { MeshoptDecoder } from "three/examples/jsm/libs/meshopt_decoder.module.js";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { OBJLoader } from "three/examples/jsm/loaders/OBJLoader.js";
import { PLYLoader } from "three/examples/jsm/loaders/PLYLoader.js";
import { STLLoader } from "three/examples/jsm/loaders/STLLoader.js";
import { splatsOf } from "./three/splats";

export type DisplayMode = "solid" | "point_cloud" | "wireframe" | null;

export interface ViewOptions {
  display_mode: DisplayMode;
  clear_color: number[];
  camera_position: (number | null)[];
  zoom_speed: number;
  pan_speed: number;
}

export interface Viewer {
  setOptions(options: ViewOptions): void;
  reset(): void;
  /** Turns by angles in radians. */
  turn(around: number, down: number): void;
  zoom(factor: number): void;
  /** Moves what is looked at by parts of its size. */
  pan(right: number, up: number): void;
  /** How the camera stands: two angles in degrees and a distance. */
  camera(): [number, number, number];
  destroy(): void;
}

export interface ThreeModule {
  create: typeof create;
}

const DEGREE = Math.PI / 180;
const POINT_PX = 4;
const GREY = new Color(0xb8bdc6);

/** Draws a model into an element. Throws where the browser has no WebGL, or the file is no model. */
export async function create(
  place: HTMLElement,
  file: { bytes: ArrayBuffer; suffix: string },
  options: ViewOptions,
  moved: () => void,
): Promise<Viewer> {
  const model = await modelOf(file.bytes, file.suffix);
  const renderer = new WebGLRenderer({ antialias: true, alpha: true });
  renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
  const canvas = renderer.domElement;
  canvas.setAttribute("aria-hidden", "true");
  place.append(canvas);

  const scene = new Scene();
  const camera = new PerspectiveCamera(45, 1, 0.01, 1000);
  const lamp = new DirectionalLight(0xffffff, 1.6);
  lamp.position.set(0.5, 0.8, 1);
  camera.add(lamp);
  scene.add(
    camera,
    new AmbientLight(0xffffff, 0.7),
    new HemisphereLight(0xffffff, 0x667080, 1.2),
    model.root,
  );

  const bounds = new Box3().setFromObject(model.root).getBoundingSphere(new Sphere());
  const size = bounds.radius > 0 && Number.isFinite(bounds.radius) ? bounds.radius : 1;
  const middle = bounds.radius > 0 ? bounds.center : new Vector3();
  camera.near = size / 100;
  camera.far = size * 100;

  let now = options;
  let frame = 0;
  let drawn_ms = performance.now();
  const mixer = model.animations.length > 0 && !isCalm() ? new AnimationMixer(model.root) : null;
  for (const clip of model.animations.slice(0, 1)) mixer?.clipAction(clip).play();
  const draw = () => {
    frame = 0;
    const ms = performance.now();
    mixer?.update((ms - drawn_ms) / 1000);
    drawn_ms = ms;
    model.sort?.(camera);
    renderer.render(scene, camera);
    if (mixer) request();
  };
  const request = () => {
    frame ||= requestAnimationFrame(draw);
  };

  const controls = new OrbitControls(camera, canvas);
  controls.addEventListener("change", request);
  controls.addEventListener("end", moved);
  const reset = () => {
    const [alpha, beta, radius] = now.camera_position;
    const distance = radius ?? (size / Math.sin((camera.fov * DEGREE) / 2)) * 1.15;
    const theta = (alpha ?? 75) * DEGREE;
    const phi = Math.min(Math.PI - 0.001, Math.max(0.001, (beta ?? 70) * DEGREE));
    controls.target.copy(middle);
    camera.position.set(
      middle.x + distance * Math.cos(theta) * Math.sin(phi),
      middle.y + distance * Math.cos(phi),
      middle.z + distance * Math.sin(theta) * Math.sin(phi),
    );
    controls.update();
    request();
  };
  const setOptions = (next: ViewOptions) => {
    const isElsewhere = next.camera_position.join() !== now.camera_position.join();
    now = next;
    const [red = 0, green = 0, blue = 0, alpha = 0] = next.clear_color;
    renderer.setClearColor(new Color(red, green, blue), alpha);
    controls.zoomSpeed = next.zoom_speed;
    controls.panSpeed = next.pan_speed;
    show(model.root, next.display_mode);
    if (isElsewhere) reset();
    request();
  };
  const fit = () => {
    const { clientWidth, clientHeight } = place;
    if (clientWidth === 0 || clientHeight === 0) return;
    renderer.setSize(clientWidth, clientHeight, false);
    camera.aspect = clientWidth / clientHeight;
    camera.updateProjectionMatrix();
    request();
  };
  const watcher = new ResizeObserver(fit);
  watcher.observe(place);
  fit();
  setOptions(options);
  reset();

  const offset = () => new Spherical().setFromVector3(camera.position.clone().sub(controls.target));
  const goTo = (place: Spherical) => {
    place.makeSafe();
    camera.position.setFromSpherical(place).add(controls.target);
    controls.update();
    request();
  };
  return {
    setOptions,
    reset,
    turn(around, down) {
      const at = offset();
      at.theta += around;
      at.phi += down;
      goTo(at);
    },
    zoom(factor) {
      const at = offset();
      at.radius *= factor ** now.zoom_speed;
      goTo(at);
    },
    pan(right, up) {
      const side = new Vector3()
        .setFromMatrixColumn(camera.matrix, 0)
        .multiplyScalar(right * size * now.pan_speed);
      const rise = new Vector3()
        .setFromMatrixColumn(camera.matrix, 1)
        .multiplyScalar(up * size * now.pan_speed);
      for (const point of [camera.position, controls.target]) point.add(side).add(rise);
      controls.update();
      request();
    },
    camera() {
      const { x, y, z } = camera.position.clone().sub(controls.target);
      const radius = Math.hypot(x, y, z);
      return [Math.atan2(z, x) / DEGREE, Math.acos(y / radius) / DEGREE, radius];
    },
    destroy() {
      cancelAnimationFrame(frame);
      watcher.disconnect();
      controls.dispose();
      free(model.root);
      renderer.dispose();
      renderer.forceContextLoss();
      canvas.remove();
    },
  };
}

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

interface Model {
  root: Object3D;
  animations: import("three").AnimationClip[];
  /** Puts splats in order, the farthest first. */
  sort?: (camera: PerspectiveCamera) => void;
}

async function modelOf(bytes: ArrayBuffer, suffix: string): Promise<Model> {
  const text = () => new TextDecoder().decode(bytes);
  const plain = (root: Object3D): Model => ({ root, animations: [] });
  const grey = () => new MeshStandardMaterial({ color: GREY, roughness: 0.7 });
  switch (suffix) {
    case ".glb":
    case ".gltf": {
      const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder);
      const { scene, animations } = await loader.parseAsync(bytes, "");
      return { root: scene, animations };
    }
    case ".obj": {
      const root = new OBJLoader().parse(text());
      root.traverse((part) => {
        if (part instanceof Mesh)
          part.material = part.geometry.hasAttribute("color") ? vertexColored() : grey();
      });
      return plain(root);
    }
    case ".stl": {
      const geometry = new STLLoader().parse(bytes);
      return plain(upright(new Mesh(geometry, geometry.hasAttribute("color") ? vertexColored() : grey())));
    }
    case ".ply": {
      const geometry = new PLYLoader().parse(bytes);
      const isColored = geometry.hasAttribute("color");
      if (!geometry.index) return plain(new Points(geometry, pointsMaterial(isColored)));
      if (!geometry.hasAttribute("normal")) geometry.computeVertexNormals();
      return plain(new Mesh(geometry, isColored ? vertexColored() : grey()));
    }
    case ".splat":
      return { animations: [], ...splatsOf(bytes) };
    default:
      throw new Error(`files that end in ${suffix || "nothing"} are not known as models`);
  }
}

const pointsMaterial = (isColored: boolean, color = GREY) =>
  new PointsMaterial({
    size: POINT_PX,
    sizeAttenuation: false,
    vertexColors: isColored,
    color: isColored ? 0xffffff : color,
  });

const vertexColored = () => new MeshStandardMaterial({ vertexColors: true, roughness: 0.7 });

/** STL has its vertical along z, the page along y. */
function upright(model: Object3D): Object3D {
  const root = new Group();
  model.rotation.x = -Math.PI / 2;
  root.add(model);
  return root;
}

/** Shows faces, edges or points of every mesh; of each mesh the points are made when first asked for. */
function show(root: Object3D, mode: DisplayMode): void {
  const meshes: Mesh[] = [];
  root.traverse((part) => {
    if (part instanceof Mesh && !part.userData.isSplats) meshes.push(part);
  });
  for (const mesh of meshes) {
    const materials: Material[] = Array.isArray(mesh.material) ? mesh.material : [mesh.material];
    for (const material of materials) {
      if ("wireframe" in material) (material as MeshStandardMaterial).wireframe = mode === "wireframe";
      material.visible = mode !== "point_cloud";
    }
    const known = mesh.children.find((child) => child.userData.isCloud);
    if (known) known.visible = mode === "point_cloud";
    else if (mode === "point_cloud") {
      const isColored = mesh.geometry.hasAttribute("color");
      const color = (materials[0] as MeshStandardMaterial).color ?? GREY;
      const cloud = new Points(mesh.geometry, pointsMaterial(isColored, color));
      cloud.userData.isCloud = true;
      mesh.add(cloud);
    }
  }
}

function free(root: Object3D): void {
  root.traverse((part) => {
    const { geometry, material } = part as Mesh;
    geometry?.dispose();
    for (const one of [material].flat()) one?.dispose?.();
  });
}
