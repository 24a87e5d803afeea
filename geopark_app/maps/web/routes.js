// The routes with their numbered stops; straight lines from stop to stop where nobody has drawn the
// road: a drawn one comes from shapes.js.
(function () {
  "use strict";

  var page, layer;
  var routes = [];

  function start(its) {
    page = its;
    layer = L.layerGroup();
    var pane = page.map.createPane("routes");
    pane.style.zIndex = 435;
    layer.on("add", draw);
    return layer;
  }

  function load() {
    return fetch(page.config.data_url.replace("sites.json", "routes.json"))
      .then(function (answer) {
        return answer.json();
      })
      .then(function (document) {
        routes = document.routes || [];
        draw();
      });
  }

  function draw() {
    // The map in one file draws its routes itself.
    if (!layer) {
      return;
    }
    layer.clearLayers();
    routes.forEach(function (route) {
      var places = route.stops.map(function (stop) {
        return [stop.lat, stop.lon];
      });
      if (!route.has_line) {
        // The dark edge shows white and yellow routes too.
        line(places, { color: "#33404d", weight: 5 });
        line(places, { color: route.colour, weight: 3, dashArray: "7 5", lineCap: "butt" });
      }
      route.stops.forEach(function (stop) {
        stopMarker(route, stop).addTo(layer);
      });
    });
  }

  function line(places, style) {
    L.polyline(places, L.extend({ pane: "routes", interactive: false }, style)).addTo(layer);
  }

  function stopMarker(route, stop) {
    var label = page.element("span", "stop" + (stop.number ? "" : " is-unnumbered"), stop.number || "");
    label.style.setProperty("--route", route.colour);
    var marker = L.marker([stop.lat, stop.lon], {
      icon: L.divIcon({ className: "stop-frame", html: label, iconSize: [20, 20] }),
      pane: "routes",
      title: [page.nameOf(route), [stop.number, page.nameOf(stop)].filter(Boolean).join(". ")].join(": "),
    });
    marker.on("click", function () {
      page.choose(stop.site);
    });
    return marker;
  }

  window.GeoparkRoutes = { start: start, load: load, draw: draw };
})();
