// Gives each autocomplete field of the admin the name of the field that it stands for.
"use strict";
{
  const nameAll = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const name = select.getAttribute("aria-label") || (label && label.textContent.replace(/:\s*$/, ""));
      const box = select.nextElementSibling;
      if (!name || !box) continue;
      for (const part of box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) {
        part.setAttribute("aria-label", name.trim());
      }
    }
  };
  // Select2 makes its boxes when it is ready, and again in each row that is added.
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
}
