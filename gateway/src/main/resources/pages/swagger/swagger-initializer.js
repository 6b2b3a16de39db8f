window.ui = SwaggerUIBundle({
  url: "/swagger/doc.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "none",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  // the badge would send the address of this server to somebody else's
  validatorUrl: null,
});
