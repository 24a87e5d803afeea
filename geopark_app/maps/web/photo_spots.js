// Where photos were taken and which way the camera looked, and the tracks of a day. Captions are
// only ever set as text.
(function () {
  "use strict";

  var DOT = 5, WEDGE = 30, HALF_ANGLE = (22 * Math.PI) / 180, REACH = 11;
  var page, layer, tracks;
  var photos = [];

  function start(its) {
    page = its;
    layer = new GeoparkCanvas("photos", 445, window.devicePixelRatio || 1, paint);
    tracks = L.layerGroup();
    layer.on("add", function () {
      tracks.addTo(page.map);
    });
    layer.on("remove", function () {
      tracks.remove();
    });
    var pane = page.map.createPane("tracks");
    pane.style.zIndex = 415;
    pane.style.pointerEvents = "none";
    page.map.on("click", function (event) {
      var photo = nearest(event.containerPoint);
      if (photo) {
        open(photo);
      }
    });
    page.map.on("mousemove", function (event) {
      page.map.getContainer().classList.toggle("is-on-photo", Boolean(nearest(event.containerPoint)));
    });
    return layer;
  }

  function load() {
    return fetch(page.config.data_url.replace("sites.json", "photos.json"))
      .then(function (answer) {
        return answer.json();
      })
      .then(show);
  }

  function show(document) {
    photos = document.photos || [];
    tracks.clearLayers();
    (document.tracks || []).forEach(function (line) {
      L.polyline(line, { pane: "tracks", color: "#fff", weight: 6, interactive: false }).addTo(tracks);
      L.polyline(line, { pane: "tracks", color: "#c2185b", weight: 3, interactive: false }).addTo(tracks);
    });
    layer.redraw();
    if (document.fit && (photos.length > 0 || (document.tracks || []).length > 0)) {
      page.showOverlay(layer);
      fit(document.tracks || []);
    }
  }

  function fit(lines) {
    var bounds = L.latLngBounds(
      photos.map(function (photo) {
        return [photo.lat, photo.lon];
      })
    );
    lines.forEach(function (line) {
      bounds.extend(L.latLngBounds(line));
    });
    page.map.fitBounds(bounds, { padding: [50, 50], maxZoom: 15, animate: false });
  }

  function paint(canvas, map) {
    var brush = canvas.getContext("2d");
    var ratio = canvas.width / map.getSize().x;
    brush.scale(ratio, ratio);
    photos.forEach(function (photo) {
      var at = map.latLngToContainerPoint([photo.lat, photo.lon]);
      if (at.x < -WEDGE || at.y < -WEDGE || at.x > canvas.width + WEDGE || at.y > canvas.height + WEDGE) {
        return;
      }
      if (photo.direction !== null) {
        wedge(brush, at, ((photo.direction - 90) * Math.PI) / 180);
      }
      brush.beginPath();
      brush.arc(at.x, at.y, DOT, 0, 2 * Math.PI);
      brush.fillStyle = "#1f5fa8";
      brush.fill();
      brush.lineWidth = 1.8;
      brush.strokeStyle = "#fff";
      brush.stroke();
    });
  }

  function wedge(brush, at, middle) {
    brush.beginPath();
    brush.moveTo(at.x, at.y);
    brush.arc(at.x, at.y, WEDGE, middle - HALF_ANGLE, middle + HALF_ANGLE);
    brush.closePath();
    brush.fillStyle = "rgb(31 95 168 / 35%)";
    brush.fill();
    brush.lineWidth = 1;
    brush.strokeStyle = "#1f5fa8";
    brush.stroke();
  }

  function nearest(point) {
    var best = null, reach = REACH;
    if (!page.map.hasLayer(layer)) {
      return null;
    }
    photos.forEach(function (photo) {
      var away = page.map.latLngToContainerPoint([photo.lat, photo.lon]).distanceTo(point);
      if (away < reach) {
        reach = away;
        best = photo;
      }
    });
    return best;
  }

  function open(photo) {
    var box = page.element("div", "card photo-card");
    if (photo.picture) {
      var picture = page.element("img", "");
      picture.alt = "";
      picture.width = 220;
      picture.src = page.config.data_url.replace("data/sites.json", "photos/" + photo.picture);
      box.appendChild(picture);
    }
    var caption = page.language() === "en" ? photo.caption_en || photo.caption_vi : photo.caption_vi;
    box.appendChild(page.element("div", "card-name", caption || page.text("photo")));
    var facts = [photo.taken, photo.site].filter(Boolean).join(" · ");
    box.appendChild(page.element("div", "card-note", facts));
    L.popup({ minWidth: 220, maxWidth: 240, offset: [0, -4] })
      .setLatLng([photo.lat, photo.lon])
      .setContent(box)
      .openOn(page.map);
  }

  window.GeoparkPhotos = { start: start, load: load };
})();
