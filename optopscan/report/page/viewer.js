// Viewer of the report page: building, tributary areas and variants; pick, colour, slice. No network, no state outside the page.
import {
  AmbientLight, BufferAttribute, BufferGeometry, Color, DirectionalLight, DoubleSide, EdgesGeometry, LineBasicMaterial, LineSegments,
  Mesh, MeshLambertMaterial, OrthographicCamera, Plane, Raycaster, Scene, Vector2, Vector3, WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";

const COLOURS = { low: "#4c9a52", high: "#b5a100", unknown: "#e07b00", over: "#d00000", no: "#b9bec6", module: "#6f9fd8", transfer: "#7a5ba6", walkway: "#c8b48a", column: "#7a5ba6", picked: "#0057ff" };
const BEARING = { yes: "#33475b", no: "#c9ced6", unknown: "#e07b00" };
const AREAS = ["#cfe3f5", "#fbe3c4", "#d6edd1", "#eadcf2", "#fdf3b8", "#f6d5d5", "#d2eeee", "#e6e0cf"];
const LOW_UC = 0.8;
const MOST_EDGES = 200000;

const page = document.getElementById("viewer");
const words = JSON.parse(document.getElementById("viewer-words").textContent);
const index = JSON.parse(document.getElementById("scene-index").textContent);

function ucColour(uc, outcome) {
  if (!outcome) return COLOURS.no;
  if (outcome === "over") return COLOURS.over;
  if (outcome !== "ok" || uc === null) return COLOURS.unknown;
  return uc <= LOW_UC ? COLOURS.low : COLOURS.high;
}

function colourOf(element, mode) {
  if (mode === "bearing") return BEARING[element.bearing] || BEARING.unknown;
  if (mode === "before") return ucColour(element.uc0, element.outcome0);
  return ucColour(element.uc1, element.outcome);
}

async function unpacked() {
  const text = document.getElementById("scene-data").textContent.trim();
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

function groupsOf(buffer) {
  const [lx, ly, lz] = index.low_m;
  const [sx, sy, sz] = index.size_m;
  let at = 0;
  return index.groups.map((group) => {
    const grid = new Uint16Array(buffer, at, group.vertices * 3);
    at += Math.ceil((group.vertices * 6) / 4) * 4;
    const faces = new Uint32Array(buffer, at, group.faces * 3);
    at += group.faces * 12;
    const owner = new Uint32Array(buffer, at, group.faces);
    at += group.faces * 4;
    const points = new Float32Array(group.vertices * 3);
    for (let k = 0; k < group.vertices; k++) {
      points[3 * k] = lx + (sx * grid[3 * k]) / 65535 - lx - sx / 2;
      points[3 * k + 1] = ly + (sy * grid[3 * k + 1]) / 65535 - ly - sy / 2;
      points[3 * k + 2] = lz + (sz * grid[3 * k + 2]) / 65535;
    }
    return { ...group, points, faces, owner };
  });
}

function meshOf(group, colour, material) {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(group.points, 3));
  geometry.setAttribute("color", new BufferAttribute(new Float32Array(group.points.length), 3));
  geometry.setIndex(new BufferAttribute(group.faces.slice(), 1));
  const mesh = new Mesh(geometry, material);
  mesh.userData = { group, shown: null };
  paint(mesh, colour);
  return mesh;
}

function paint(mesh, colour) {
  const { group } = mesh.userData;
  const values = mesh.geometry.attributes.color;
  const cache = new Map();
  for (let f = 0; f < group.faces.length / 3; f++) {
    const name = colour(group.owner[f]);
    if (!cache.has(name)) cache.set(name, new Color(name));
    const c = cache.get(name);
    for (let k = 0; k < 3; k++) values.setXYZ(group.faces[3 * f + k], c.r, c.g, c.b);
  }
  values.needsUpdate = true;
}

function filter(mesh, keep) {
  const { group } = mesh.userData;
  const kept = [];
  const owners = [];
  for (let f = 0; f < group.faces.length / 3; f++) {
    if (!keep(group.owner[f])) continue;
    kept.push(group.faces[3 * f], group.faces[3 * f + 1], group.faces[3 * f + 2]);
    owners.push(group.owner[f]);
  }
  mesh.geometry.setIndex(new BufferAttribute(new Uint32Array(kept), 1));
  mesh.userData.shown = owners;
  const old = mesh.userData.edges;
  if (old) { mesh.remove(old); old.geometry.dispose(); mesh.userData.edges = null; }
  if (mesh.userData.outlined && kept.length < MOST_EDGES) {
    const lines = new LineSegments(new EdgesGeometry(mesh.geometry, 25), mesh.userData.outlined);
    mesh.userData.edges = lines;
    mesh.add(lines);
  }
}

async function start() {
  const renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  const groups = groupsOf(await unpacked());
  const scene = new Scene();
  const [sx, sy, sz] = index.size_m;
  const reach = Math.hypot(sx, sy, sz);
  const middle = new Vector3(0, 0, index.low_m[2] + sz / 2);
  scene.add(new AmbientLight(0xffffff, 1.9));
  const sun = new DirectionalLight(0xffffff, 1.6);
  sun.position.set(-0.5, -1, 1.4);
  scene.add(sun);
  const camera = new OrthographicCamera(-1, 1, 1, -1, -10 * reach, 10 * reach);
  camera.up.set(0, 0, 1);
  camera.position.copy(middle).add(new Vector3(-0.9, -1.2, 0.8).multiplyScalar(reach));
  const controls = new OrbitControls(camera, renderer.domElement);
  controls.target.copy(middle);
  controls.enableDamping = false;
  controls.update();

  const cut = new Plane(new Vector3(0, 1, 0), 1e9);
  renderer.clippingPlanes = [cut];
  const solid = new MeshLambertMaterial({ vertexColors: true, flatShading: true, side: DoubleSide });
  const thin = new MeshLambertMaterial({ vertexColors: true, flatShading: true, side: DoubleSide, polygonOffset: true, polygonOffsetFactor: -1 });
  const pencil = new LineBasicMaterial({ color: 0x1d2530, transparent: true, opacity: 0.35 });
  const meshes = groups.map((group) => {
    const colour = { existing: (k) => colourOf(index.elements[k], state.mode), tributary: (k) => AREAS[k % AREAS.length], modules: () => COLOURS.module, transfer: () => COLOURS.transfer, walkways: () => COLOURS.walkway, columns: () => COLOURS.column }[group.kind];
    const mesh = meshOf(group, () => "#888888", group.kind === "tributary" ? thin : solid);
    mesh.userData.colour = colour;
    mesh.userData.outlined = group.kind === "tributary" ? null : pencil;
    scene.add(mesh);
    return mesh;
  });

  const state = { mode: "after", storey: index.storeys.length - 1, section: 1, variant: index.variants.length ? index.variants[0].id : "", areas: false, picked: -1, kinds: true };

  function refresh() {
    for (const mesh of meshes) {
      const { group, colour } = mesh.userData;
      if (group.kind === "existing") {
        filter(mesh, (k) => index.elements[k].storey <= state.storey);
        paint(mesh, (k) => (k === state.picked ? COLOURS.picked : colour(k)));
      } else if (group.kind === "tributary") {
        mesh.visible = state.areas || state.picked >= 0;
        filter(mesh, (k) => index.tributary[k].storey <= state.storey && (state.areas || index.tributary[k].element === state.picked));
        paint(mesh, (k) => (index.tributary[k].element === state.picked ? COLOURS.picked : colour(k)));
      } else {
        mesh.visible = group.variant === state.variant && state.storey === index.storeys.length - 1;
        if (mesh.userData.shown === null) filter(mesh, () => true);
        paint(mesh, colour);
      }
    }
    const half = sy / 2 + 0.01;
    cut.constant = state.section >= 1 ? 1e9 : -(half - 2 * half * state.section) + 1e-6;
    cut.normal.set(0, -1, 0);
    if (state.section < 1) cut.constant = -half + 2 * half * state.section;
    draw();
  }

  function size() {
    const width = page.clientWidth;
    const height = Math.max(320, Math.min(620, Math.round(width * 0.6)));
    renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, 2));
    renderer.setSize(width, height, true);
    // the whole box in view: its corners in the directions of the screen, as seen at the start
    camera.updateMatrixWorld();
    const right = new Vector3().setFromMatrixColumn(camera.matrixWorld, 0);
    const up = new Vector3().setFromMatrixColumn(camera.matrixWorld, 1);
    let wide = 1e-3;
    let high = 1e-3;
    for (let k = 0; k < 8; k++) {
      const corner = new Vector3((k & 1 ? 0.5 : -0.5) * sx, (k & 2 ? 0.5 : -0.5) * sy, (k & 4 ? 0.5 : -0.5) * sz);
      wide = Math.max(wide, Math.abs(corner.dot(right)));
      high = Math.max(high, Math.abs(corner.dot(up)));
    }
    const half = 1.06 * Math.max(high, (wide * height) / width);
    camera.left = (-half * width) / height;
    camera.right = (half * width) / height;
    camera.top = half;
    camera.bottom = -half;
    camera.updateProjectionMatrix();
    draw();
  }

  function draw() {
    const dark = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches;
    renderer.setClearColor(dark ? 0x1b2129 : 0xf4f6f8, 1);
    renderer.render(scene, camera);
  }

  const info = document.getElementById("viewer-info");
  function line(name, value) {
    const dt = document.createElement("dt");
    const dd = document.createElement("dd");
    dt.textContent = name;
    dd.textContent = value;
    return [dt, dd];
  }
  function number(value, digits) {
    if (value === null || value === undefined) return words.unknown;
    return value.toFixed(digits).replace(".", words.decimal);
  }
  function uc(value) { return value === null ? words.unknown : value >= 999 ? "> 998" : number(value, 2); }

  function show(rowNumber) {
    state.picked = rowNumber;
    info.replaceChildren();
    if (rowNumber < 0) { info.textContent = words.hint; refresh(); return; }
    const e = index.elements[rowNumber];
    const title = document.createElement("h4");
    title.textContent = e.name;
    const list = document.createElement("dl");
    const areas = index.tributary.filter((row) => row.element === rowNumber);
    list.append(
      ...line("id", e.id), ...line("GlobalId", e.guid || words.unknown), ...line(words.kind, e.kind),
      ...line(words.storey, index.storeys[e.storey] ? index.storeys[e.storey].name : String(e.storey + 1)),
      ...line(words.bearing, words[e.bearing] || e.bearing), ...line(words.material, [e.material, e.grade].filter(Boolean).join(" ") || words.unknown),
      ...line(words.thickness, e.t === null ? words.unknown : `${number(1000 * e.t, 0)} mm`), ...line(words.weight, `${number(e.kn, 1)} kN`),
      ...line(words.before, uc(e.uc0)), ...line(words.after, uc(e.uc1)), ...line(words.outcome, words[e.outcome] || words.none),
      ...(areas.length ? line(words.area, areas.map((row) => `${number(row.m2, 1)} m²`).join(", ")) : []),
      ...line(words.evidence, e.why.join("; ") || words.none),
    );
    info.append(title, list);
    const checks = document.querySelectorAll(`details[data-element="${CSS.escape(e.id)}"]`);
    for (const one of checks) { one.open = true; info.append(one.cloneNode(true)); }
    refresh();
  }

  function showModule(group, k) {
    const variant = index.variants.find((row) => row.id === group.variant);
    info.replaceChildren();
    const title = document.createElement("h4");
    title.textContent = words[group.kind] || group.kind;
    const list = document.createElement("dl");
    list.append(...line(words.variant, group.variant));
    const module = group.kind === "modules" && variant ? variant.modules[k] : null;
    if (module) list.append(...line("id", module.id), ...line(words.dwelling, module.dwelling), ...line("concept", module.concept), ...line(words.storey, `+${module.storey}`));
    info.append(title, list);
  }

  const caster = new Raycaster();
  function pick(x, y) {
    const box = renderer.domElement.getBoundingClientRect();
    caster.setFromCamera(new Vector2((2 * (x - box.left)) / box.width - 1, 1 - (2 * (y - box.top)) / box.height), camera);
    const visible = meshes.filter((mesh) => mesh.visible && mesh.userData.group.kind !== "tributary");
    const hit = caster.intersectObjects(visible, false).find((one) => cut.distanceToPoint(one.point) >= 0);
    if (!hit) { show(-1); return; }
    const { group, shown } = hit.object.userData;
    const k = shown[hit.faceIndex];
    if (group.kind === "existing") show(k); else { state.picked = -1; refresh(); showModule(group, k); }
  }
  let pressed = null;
  renderer.domElement.addEventListener("pointerdown", (e) => { pressed = [e.clientX, e.clientY]; });
  renderer.domElement.addEventListener("pointerup", (e) => {
    if (pressed && Math.hypot(e.clientX - pressed[0], e.clientY - pressed[1]) < 4) pick(e.clientX, e.clientY);
  });
  controls.addEventListener("change", draw);
  window.addEventListener("resize", size);
  const storey = document.getElementById("viewer-storey");
  storey.max = String(index.storeys.length - 1);
  storey.value = storey.max;
  const storeyName = document.getElementById("viewer-storey-name");
  function named() { storeyName.textContent = index.storeys[state.storey] ? index.storeys[state.storey].name : ""; }
  storey.addEventListener("input", () => { state.storey = Number(storey.value); named(); refresh(); });
  document.getElementById("viewer-section").addEventListener("input", (e) => { state.section = Number(e.target.value) / 100; refresh(); });
  document.getElementById("viewer-mode").addEventListener("change", (e) => { state.mode = e.target.value; refresh(); });
  document.getElementById("viewer-variant").addEventListener("change", (e) => { state.variant = e.target.value; refresh(); });
  document.getElementById("viewer-areas").addEventListener("change", (e) => { state.areas = e.target.checked; refresh(); });
  document.querySelectorAll("[data-element]").forEach((row) => {
    if (row.tagName === "DETAILS") return;
    row.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); row.click(); } });
    row.addEventListener("click", () => {
      const k = index.elements.findIndex((one) => one.id === row.dataset.element);
      if (k < 0) return;
      state.storey = index.storeys.length - 1;
      storey.value = storey.max;
      named();
      show(k);
      page.scrollIntoView({ behavior: "smooth", block: "center" });
    });
  });
  page.prepend(renderer.domElement);
  renderer.domElement.setAttribute("role", "img");
  renderer.domElement.setAttribute("aria-label", words.label);
  document.getElementById("viewer-static").hidden = true;
  document.getElementById("viewer-controls").hidden = false;
  size();
  named();
  show(-1);
  page.dataset.ready = "yes";
  window.addEventListener("beforeprint", () => { document.getElementById("viewer-static").hidden = false; });
  window.addEventListener("afterprint", () => { document.getElementById("viewer-static").hidden = true; });
  page.optopscan = { pick, show, state, meshes, camera, project: (v) => new Vector3(...v).project(camera) };
}

start().catch((error) => { page.dataset.ready = "no"; page.dataset.why = String(error && error.message); });

// tables with many rows get a filter
document.querySelectorAll("table[data-filter]").forEach((table) => {
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = words.filter;
  input.setAttribute("aria-label", words.filter);
  input.className = "filter";
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    table.querySelectorAll("tbody tr").forEach((row) => { row.hidden = !wanted.every((one) => row.textContent.toLowerCase().includes(one)); });
  });
  table.parentElement.before(input);
});
