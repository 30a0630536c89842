import type { Resource } from './detail';
import type { Column } from './lit';
import { ElementRow } from './Row';
import css from './Trace.module.css';

/** Resources with their elements, and the field that each came from. */
export function ResourceList(props: {
  resources: Resource[];
  origin: Column;
  remark?: (resource: Resource) => string | undefined;
}) {
  return props.resources.map((resource, index) => (
    <section key={`${resource.name} ${index}`} className={css.block}>
      <h3>
        {resource.name} {props.remark && <small>{props.remark(resource)}</small>}
      </h3>
      {resource.elements.map((element, position) => (
        <ElementRow
          key={position}
          element={element}
          origin={props.origin}
          first={index === 0 && position === 0}
        />
      ))}
    </section>
  ));
}
